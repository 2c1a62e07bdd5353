"""Payung: from a form response to a legal opinion, as plain files."""

__version__ = "0.1.0"
