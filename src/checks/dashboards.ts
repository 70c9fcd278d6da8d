import { resolveDashboard } from '../dashboards/resolve-dashboard';
import type { Check } from './check';

/** Dashboards show columns and metrics that exist, of a type that they can show, and add up nothing that does not add up. */
export const checkDashboards: Check = context => Object.entries(context.declaration.dashboards).flatMap(([uid, dashboard]) => {
  const resolved = resolveDashboard(context, `dashboards.${uid}`, dashboard);
  return 'problems' in resolved ? resolved.problems : [];
});
