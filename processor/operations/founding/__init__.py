"""What a new agency begins with: the questions that it is asked, and the settings that follow from its answers.

It prints nothing and writes nothing but the answers; whoever asks and makes the folder is the command line.
"""
