/// <reference lib="dom" />
import type { Theme } from '../chart/colors';

const PREFERRED = matchMedia('(prefers-color-scheme: dark)');

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return PREFERRED.matches ? 'dark' : 'light';
}

export function toggleTheme(): void {
  document.documentElement.dataset.theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.dispatchEvent(new Event('themechange'));
}

export function onThemeChange(listener: () => void): void {
  PREFERRED.addEventListener('change', listener);
  document.addEventListener('themechange', listener);
}
