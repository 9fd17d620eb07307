// Before AdminJS's scripts: they read their start state from these globals.
{
  const { state, theme } = JSON.parse(document.getElementById('start-state').textContent);
  window.REDUX_STATE = state;
  window.THEME = theme;
  window.THEME_COMPONENTS = {};
  window.AdminJS = { Components: {} };
}
