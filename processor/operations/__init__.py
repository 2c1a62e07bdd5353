"""One pass, and what officers do: the only package that knows all others below.

Prints nothing.
"""
