"""Interview kits: read, composed for a choice of variants, checked and written.

Imports go one way: ``model``, ``read`` (called by :mod:`rolebook.reader`), ``kit``,
``loop``, ``coverage``, ``faults``, ``document``, ``write``.
"""
