"""What every package stands on: errors, files, YAML, dates, settings, the form.

Knows no case.
"""
