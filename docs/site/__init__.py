"""The documentation site: `python -m docs.site` builds it from the pages of `docs/` and from the code."""
