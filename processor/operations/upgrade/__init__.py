"""A newer version of the program brought into an office's folder: planned, carried out, taken back.

Never touches the register.
"""
