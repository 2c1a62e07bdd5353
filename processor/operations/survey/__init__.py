"""The satisfaction survey: ballots, votes and answers from elsewhere.

No vote can be linked to a case.
"""
