"""The handbook on hiring machine learning engineers: a Sphinx project like any other."""

project = "ML hiring handbook"
author = "The Rolebook contributors"
copyright = "CC0 1.0"

extensions = ["rolebook"]
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
# How a line is edited, with {path} and {line}; source links appear when it is set.
rolebook_edit_url = ""

# Templates are copied as they are written, so the page must not curl their quotes.
smartquotes = False
html_copy_source = False
html_use_index = False
html_domain_indices = False
