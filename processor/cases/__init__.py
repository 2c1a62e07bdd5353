"""A case: its records, file, rules, status, deadlines, journal and keys.

Knows no mail, letter or site.
"""
