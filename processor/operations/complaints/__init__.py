"""Complaints about the service, from the first word to the answer.

Their words are sealed, and nobody whom one may mean sees it.
"""
