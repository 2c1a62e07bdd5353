"""The name under which an office's ``mkdocs.yml`` asks for our Markdown extension; see ``processor.site.pages``."""

from processor.site.pages import makeExtension

__all__ = ["makeExtension"]
