import { z } from 'zod';

/** Policy of a domain pack for the Python packages that apps install. */
export const packagesSchema = z
  .object({
    allow: z
      .array(
        z
          .string()
          .max(100)
          .regex(
            /^[A-Za-z0-9*]([A-Za-z0-9._*-]*[A-Za-z0-9*])?$/,
            'must be the name of a package, in which * matches any characters',
          ),
      )
      .max(200)
      .describe(
        'Names of packages that apps can require, such as polars or scikit-*; the packages that these need are allowed, too.',
      ),
  })
  .describe(
    'Python packages that apps can install besides those of the runtime; none if absent.',
  );
