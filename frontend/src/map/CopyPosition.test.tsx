import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { CopyPosition } from './CopyPosition';

afterEach(cleanup);

it('puts the position on the clipboard as it is written, and says so', async () => {
  const user = userEvent.setup();
  render(<CopyPosition lat={47.1410512} lon={9.5215} />);
  await user.click(screen.getByRole('button', { name: /47\.14105, 9\.52150/ }));
  expect(await navigator.clipboard.readText()).toBe('47.14105, 9.52150');
  expect(screen.getByRole('status').textContent).toBe('copied');
});

it('is no button before there is a position', () => {
  render(<CopyPosition lat={Number.NaN} lon={Number.NaN} />);
  expect(screen.queryByRole('button')).toBeNull();
});
