"""The forms of the app: their fields, and what is said when one cannot be used."""
