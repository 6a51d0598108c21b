import type { Cloud } from './clouds.ts';

/** Where people look at what we report: addresses of Microsoft's portals, without a final slash. */
type PortalAddresses = { entra: string; admin: string };

/**
 * The admin centers of each cloud. Entra: the three hosts of Microsoft's "Entra admin center" FAQ, of which DoD
 * shares the one for US government. Microsoft 365: "Volume licensing in the Microsoft 365 admin center" for GCC
 * High and DoD, "Assign admin roles" for 21Vianet.
 */
const PORTALS: Readonly<Record<Exclude<Cloud['name'], 'custom'>, PortalAddresses>> = {
  public: {
    entra: 'https://entra.microsoft.com',
    admin: 'https://admin.microsoft.com/Adminportal/Home',
  },
  gcch: {
    entra: 'https://entra.microsoft.us',
    admin: 'https://portal.office365.us/adminportal/home',
  },
  dod: {
    entra: 'https://entra.microsoft.us',
    admin: 'https://portal.apps.mil/adminportal/home',
  },
  china: {
    entra: 'https://entra.microsoftonline.cn',
    admin: 'https://portal.partner.microsoftonline.cn/AdminPortal/Home',
  },
};

/** The portals of a cloud. Behind a gateway of one's own they are the public ones: a gateway has none. */
export const portalsOf = ({ name }: Cloud): PortalAddresses => PORTALS[name === 'custom' ? 'public' : name];
