export { TenantBanners } from './TenantBanners';
export { soonDays } from './bannersOf';
