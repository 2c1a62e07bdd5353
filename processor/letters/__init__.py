"""Renders Word letters and their PDF.

Decides nothing and opens no case.
"""
