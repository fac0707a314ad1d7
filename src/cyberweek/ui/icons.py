"""The house's own small pictures, drawn on 24 × 24 with one stroke. Not a set from elsewhere; add one only with its word."""

from __future__ import annotations

ICONS = {
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3v4M15.5 3v4"/><path d="M8 14.5h3v2.5H8z"/>',
    "place": '<path d="M12 21.5s7-6.3 7-11.8a7 7 0 0 0-14 0c0 5.5 7 11.8 7 11.8z"/><circle cx="12" cy="9.7" r="2.4"/>',
    "units": '<path d="M3 21h18M5 21V8l7-4.5L19 8v13M9 21v-4.5h6V21M9 11h1.5M13.5 11H15"/>',
    "quiz": '<path d="M5 3.5h14v17H5z"/><path d="M9.6 9.3a2.4 2.4 0 1 1 3.5 2.1c-.8.5-1.1 1-1.1 1.9M12 16.6v.1"/>',
    "expo": '<path d="M3 9.5 5 4h14l2 5.5M3 9.5c0 2.6 4.5 2.6 4.5 0 0 2.6 4.5 2.6 4.5 0 0 2.6 4.5 2.6 4.5 0 0 2.6 '
    '4.5 2.6 4.5 0M5 12v8h14v-8"/>',
    "forum": '<path d="M4 4.5h16v11H11l-4.5 4v-4H4zM8 8.5h8M8 11.7h5"/>',
    "check": '<path d="m4.5 12.5 5 5L19.5 7"/>',
    "warning": '<path d="M12 3.5 2.5 20h19zM12 10v4.5M12 17.3v.1"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.4 2"/>',
    "phone": '<path d="M7 2.5h10v19H7zM10.5 18.5h3"/>',
    "play": '<path d="M7 4.5v15l12-7.5z"/>',
    "download": '<path d="M12 3.5v12M7 11l5 5 5-5M4.5 20.5h15"/>',
    "language": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c-5 5-5 12 0 17M12 3.5c5 5 5 12 0 17"/>',
    "elder": '<path d="M2.5 19 8 5l5.5 14M4.5 14.5h7M15 19l3.2-8.5L21.5 19M16 16.3h4.4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-4.3 3.6-6.5 7.5-6.5s7 2.2 7.5 6.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "gift": '<path d="M4 11.5h16v9H4zM3 7.5h18v4H3zM12 7.5v13M12 7.5C9.5 7.5 7 6.6 7 4.8S9.6 2.6 12 7.5'
    'c2.4-4.9 5-4.5 5-2.7s-2.5 2.7-5 2.7z"/>',
    "shield": '<path d="M12 3 5 5.5v6c0 4.5 3 7.8 7 9.5 4-1.7 7-5 7-9.5v-6zM8.8 12l2.3 2.3 4.2-4.4"/>',
    "arrow": '<path d="M4 12h15.5M13.5 6l6 6-6 6"/>',
}
