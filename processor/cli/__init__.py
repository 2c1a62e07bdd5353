"""The command line: parser, output, the commands in ``commands``.

Decides nothing about a case.
"""
