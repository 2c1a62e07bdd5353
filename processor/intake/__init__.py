"""From a source's responses to filed cases.

Writes no letter and tells nobody anything.
"""
