"""The Google Form: made, read, its uploads fetched.

Nothing else talks to Google.
"""
