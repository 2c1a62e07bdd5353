"""The commands, by what they are about: the only modules, with ``cli.main``, that print or exit."""
