"""Messages: composed, queued, delivered.

Decides of no case what it owes, and knows no applicant.
"""
