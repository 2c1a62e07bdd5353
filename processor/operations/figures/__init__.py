"""Figures of the register, inside the office and published.

What is published was audited, is frozen and is remembered.
"""
