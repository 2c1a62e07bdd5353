"""Word files from the inside: templates, styles, paragraphs.

Knows no letter and no law.
"""
