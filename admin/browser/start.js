// After them: draws the panel.
window.createRoot(document.getElementById('app')).render(window.AdminJS.Application);
