"""The workspaces and the widgets they share."""
