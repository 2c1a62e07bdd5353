"""Answered questions that are given back to all, told anew.

Two officers stand behind each, and nobody is known by it.
"""
