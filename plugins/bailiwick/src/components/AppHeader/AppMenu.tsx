import { IconButton, Menu, MenuItem } from '@material-ui/core';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Rarely used actions of an app's page. */
export function AppMenu() {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [, setParams] = useSearchParams();
  const close = () => setAnchor(undefined);
  return (
    <>
      <IconButton
        aria-label="More actions"
        aria-haspopup="menu"
        aria-controls={anchor && id}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <MoreVertIcon />
      </IconButton>
      <Menu
        id={id}
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={close}
      >
        <MenuItem
          onClick={() => {
            close();
            navigator.clipboard?.writeText(window.location.href);
          }}
        >
          Copy address
        </MenuItem>
        <MenuItem
          onClick={() => {
            close();
            // The catalog's entity page opens its dialog for this parameter.
            setParams(before => {
              const params = new URLSearchParams(before);
              params.set('inspect', 'overview');
              return params;
            });
          }}
        >
          Inspect entity
        </MenuItem>
      </Menu>
    </>
  );
}
