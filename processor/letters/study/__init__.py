"""Writes the study of a case as a Word document, and reads one back as the Markdown of letters.

Opens no case and no identity; a file that comes from outside is bounded before anything in it is read.
"""
