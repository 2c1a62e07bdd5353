"""Figures of the service and the audit that they pass before they are published.

Knows no identity, no file and no clock.
"""
