/** The bus on a real Redis that each test starts: the contract, and what is lost with it. */
@NullMarked
package sightline.redis;

import org.jspecify.annotations.NullMarked;
