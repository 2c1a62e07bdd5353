"""Backups of an office: made while it works, tried out, and put back.

Nothing here opens an identity for anybody's eyes, and keys never come to where the register's backup lies.
"""
