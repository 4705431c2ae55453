"""What the pages show, computed and worded: templates only lay it out."""
