"""Interview kits: read, composed for a choice of variants, checked and written.

Imports go one way: ``model``, ``read`` (called by :mod:`rolebook.reader`), ``kit``,
``loop``, ``faults``, ``document``, ``write``.
"""
