"""The handbook on hiring machine learning engineers: a Sphinx project like any other."""

import os
from urllib.parse import urlsplit

project = "ML hiring handbook"
author = "The Rolebook contributors"
copyright = "CC0 1.0"

# Where the handbook is published, with a slash at its end. What needs the address (canonical links,
# the site map, previews for social networks) is left out until it is given.
html_baseurl = os.environ.get("ROLEBOOK_SITE_URL", "")

extensions = ["rolebook", "notfound.extension", "sphinx_reredirects"]
notfound_urls_prefix = urlsplit(html_baseurl).path or "/"
# The former address of a page that has moved, and the new one, relative to it.
redirects: dict[str, str] = {}
if html_baseurl:
    extensions += ["sphinx_sitemap", "sphinxext.opengraph"]
    sitemap_url_scheme = "{link}"
    sitemap_excludes = ["404.html", "search.html"]
    ogp_site_url = html_baseurl
    ogp_site_name = project
    ogp_description_length = 180
html_title = "ML hiring handbook"
html_theme = "rolebook"
html_theme_options = {
    "licence": "CC0 1.0",
    "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
    "nav_links": [["Manual", "manual/index.html"]],
}
html_show_sphinx = False
html_show_copyright = False

rolebook_handbook = "ml-hiring-handbook"
rolebook_licence = "CC0 1.0"
rolebook_licence_url = "https://creativecommons.org/publicdomain/zero/1.0/"
rolebook_policy = True
# How a line is edited, with {path} and {line}; source links appear when it is set.
rolebook_edit_url = ""

# Templates are copied as they are written, so the page must not curl their quotes.
smartquotes = False
html_copy_source = False
html_use_index = False
html_domain_indices = False
