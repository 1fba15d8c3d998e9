"""Pages of the 纪要: lists, the signed text, the editor, review and signing."""
