"""Pay figures with their sources: the records, the files they are kept in, the importers.

A part of the core: no module here imports Sphinx.
"""
