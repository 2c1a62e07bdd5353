"""Payung: from a form response to a legal opinion, as plain files."""
