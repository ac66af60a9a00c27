"""The codebook beside the text: the tree of codes, what they mean, and how they change."""
