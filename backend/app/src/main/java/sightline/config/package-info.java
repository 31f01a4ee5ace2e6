/** Settings: one YAML file, variables and flags over defaults, bound into validated records. */
@NullMarked
package sightline.config;

import org.jspecify.annotations.NullMarked;
