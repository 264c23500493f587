"""The handbook on hiring machine learning engineers: a Sphinx project like any other."""

import atexit
import gc
import os
from urllib.parse import urlsplit

project = "ML hiring handbook"
author = "The Rolebook contributors"
copyright = "CC0 1.0"

# Where the handbook is published, with a slash at its end. What needs the address (canonical links,
# the site map, previews for social networks) is left out until it is given.
html_baseurl = os.environ.get("ROLEBOOK_SITE_URL", "")
# Where its files are edited, such as https://github.com/OWNER/NAME; what leads there is left out
# until it is given.
repository = os.environ.get("ROLEBOOK_REPOSITORY_URL", "").rstrip("/")

extensions = ["rolebook", "notfound.extension", "sphinx_reredirects"]
notfound_template = "notfound.html"
notfound_urls_prefix = urlsplit(html_baseurl).path or "/"
# The former address of a page that has moved, and the new one, relative to it.
redirects: dict[str, str] = {}
# The extension's own page has an inline script, which the policy on content forbids.
redirect_html_template_file = "_redirect.html"
if html_baseurl:
    extensions += ["sphinx_sitemap", "sphinxext.opengraph", "sphinx_llm.txt"]
    sitemap_url_scheme = "{link}"
    sitemap_excludes = ["404.html", "search.html"]
    ogp_site_url = html_baseurl
    ogp_site_name = project
    ogp_description_length = 180
    # Each page as Markdown, built after the pages and from the same sources, and llms.txt.
    llms_txt_build_parallel = False
    llms_txt_suffix_mode = "replace"
    llms_txt_nested_enabled = False
    llms_txt_description = (
        "Job descriptions to fill in, interview kits, pay with its sources, and guides, "
        "for machine learning engineers and the roles around them."
    )
html_title = "ML hiring handbook"
html_theme = "rolebook"
html_theme_options = {
    "licence": "CC0 1.0",
    "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
    "nav_links": [["Manual", "manual/index.html"]],
    # The index is made of the built site: see the session "site" of noxfile.py.
    "search": "pagefind",
    "search_words": {
        "AI dev": "AI engineer",
        "AI developer": "AI engineer",
        "ATS": "applicant tracking system",
        "DE": "data engineer",
        "DL": "deep learning",
        "DS": "data scientist",
        "gen AI": "generative AI",
        "GenAI": "generative AI",
        "JD": "job description",
        "jr": "junior",
        "LLM": "language model",
        "large language model": "language model",
        "ML": "machine learning",
        "MLE": "machine learning engineer",
        "natural language processing": "NLP",
        "python engineer": "Python developer",
        "retrieval-augmented generation": "RAG",
        "sr": "senior",
        "SWE": "software engineer",
        "WFH": "remote",
    },
    "search_links": [
        ["Roles", "roles/index.html"],
        ["Skills", "skills.html"],
        ["Pay", "pay/index.html"],
        ["Interview kits", "guides/interviewing.html#kits-to-begin-with"],
        ["Glossary", "glossary.html"],
        ["Guides", "guides/index.html"],
        ["Manual", "manual/index.html"],
    ],
}
html_show_sphinx = False
html_show_copyright = False

rolebook_handbook = "ml-hiring-handbook"
rolebook_licence = "CC0 1.0"
rolebook_licence_url = "https://creativecommons.org/publicdomain/zero/1.0/"
rolebook_policy = True
rolebook_changes = "changes"
# The manual is published in the folder manual/ of the same site.
rolebook_manual_url = f"{html_baseurl}manual/" if html_baseurl else ""
# How a line is edited, with {path} and {line}; source links appear when it is set.
rolebook_edit_url = f"{repository}/edit/main/content/{{path}}#L{{line}}" if repository else ""

# Templates are copied as they are written, so the page must not curl their quotes.
smartquotes = False
html_copy_source = False
html_use_index = False
html_domain_indices = False

# When a build has ended, Python looks for what it could free in all that is left: half a second.
atexit.register(gc.freeze)
