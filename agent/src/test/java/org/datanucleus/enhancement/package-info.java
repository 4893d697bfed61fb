@NullMarked
package org.datanucleus.enhancement;

import org.jspecify.annotations.NullMarked;
