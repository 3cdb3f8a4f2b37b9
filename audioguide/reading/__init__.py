"""What a voice is asked to say for a written text: units, signs, names and markup, read as a person would.

It sits below the engines and above nothing: text in, text out. It changes what is spoken, never what is
shown. `read` is the way in.
"""
