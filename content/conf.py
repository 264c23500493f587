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
        ["Pay", "pay/index.html"],
        ["Interview kits", "guides/interviewing.html#kits"],
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
# How a line is edited, with {path} and {line}; source links appear when it is set.
rolebook_edit_url = ""

# Templates are copied as they are written, so the page must not curl their quotes.
smartquotes = False
html_copy_source = False
html_use_index = False
html_domain_indices = False
