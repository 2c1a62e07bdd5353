"""Payung: from a form response to a legal opinion, as plain files."""

__version__ = "0.2.0.dev0"
