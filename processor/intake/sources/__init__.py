"""Where responses come from: one module a source, each a function that gives Responses."""
