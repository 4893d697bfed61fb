/** An application for rules that match, do not match, and match late. */
@NullMarked
package com.acme.rules;

import org.jspecify.annotations.NullMarked;
