"""What Sphinx reads; see `docs/site.md` for why it is Sphinx."""

project = "audioguide"
html_title = "audioguide"
extensions = ["myst_parser"]
myst_heading_anchors = 4
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_extra_path = ["../extra"]
html_static_path = ["../static"]
html_css_files = ["site.css"]
nitpicky = True
pygments_style = "friendly"
pygments_dark_style = "github-dark"
