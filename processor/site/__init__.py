"""The public site and what comes in and goes out through it.

Changes no case.
"""
