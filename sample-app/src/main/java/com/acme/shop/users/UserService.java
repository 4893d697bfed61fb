package com.acme.shop.users;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be asked of users, and changed in them. */
@Service
class UserService {

  private final UserRepository users;

  UserService(UserRepository users) {
    this.users = users;
  }

  /** A user with what they have bought. Only listed in {@code rediscached.yaml}. */
  @Transactional(readOnly = true)
  public Optional<UserProfile> profile(long id) {
    return users.find(id).map(this::profile);
  }

  private UserProfile profile(User user) {
    Map<String, BigDecimal> spent = users.spentByCategory(user.id());
    BigDecimal total = spent.values().stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    return new UserProfile(user, total, spent, users.lastPurchases(user.id()));
  }

  /** The user as changed; empty: no such user. */
  @Transactional
  public Optional<User> change(long id, UserChange change) {
    return users.update(id, change) ? users.find(id) : Optional.empty();
  }
}
